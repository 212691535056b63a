import type { BrandProfile } from "../../../domain/brand/profile.ts";
import { brandTitle } from "../brand-title.ts";
import type { View } from "../view.ts";

interface ChoiceProps {
  label: string;
  name: string;
  options: readonly { value: string; text: string }[];
  chosen?: string;
  /** What stands for no choice; without it there always is one. */
  none?: string;
}

/** One of several in a form of filters. */
export function Choice({ label, name, options, chosen, none }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {none === undefined ? null : <option value="">{none}</option>}
        {options.map(({ value, text }) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function brandOptions(brands: readonly BrandProfile[], view: View): { value: string; text: string }[] {
  return brands.map((brand) => ({ value: brand.id, text: brandTitle(brand, view) }));
}
