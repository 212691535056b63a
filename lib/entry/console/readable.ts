import type { BrandProfile } from "../../domain/brand/profile.ts";
import { may, type Person } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";

/** The brands that are protected, as far as this person may know of them. */
export async function readableBrands(ports: SitePorts, { rights }: Person): Promise<BrandProfile[]> {
  return (await ports.brands()).filter(({ id }) => may(rights, id, "read"));
}
