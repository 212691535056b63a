import type { BrandProfile } from "../../domain/brand/profile.ts";
import type { View } from "./view.ts";

/** What the brand is called in the reader's language, where its profile has such a name. */
export function brandTitle(brand: BrandProfile, { language }: Pick<View, "language">): string {
  const chinese = brand.names.find(({ script, role }) => script === "Hans" && role === "name");
  return language === "zh" ? (chinese?.text ?? brand.title) : brand.title;
}
