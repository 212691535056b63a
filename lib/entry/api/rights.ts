/** The brands somebody may read about. A token proves who asks; this says which bank's cases they may see. */
export type Rights = { all: true } | { all: false; brands: string[] };

const PREFIX = "knockoff:";

/**
 * Rights from a claim of the bank's own identity provider, such as its groups: `knockoff:northwind` gives one brand, `knockoff:*` all.
 * Takes the ways providers and gateways write a list: an array, `[a b]`, `a b` or `a,b`. Anything else gives nothing.
 */
export function rightsOf(claim: unknown): Rights {
  const groups = Array.isArray(claim)
    ? claim
    : typeof claim === "string"
      ? claim.replace(/^\[|\]$/g, "").split(/[\s,]+/)
      : [];
  const ours = groups.filter((group): group is string => typeof group === "string" && group.startsWith(PREFIX));
  const brands = ours.map((group) => group.slice(PREFIX.length)).filter((brand) => brand !== "");
  return brands.includes("*") ? { all: true } : { all: false, brands: [...new Set(brands)] };
}

export function mayRead(rights: Rights, brand: string): boolean {
  return rights.all || rights.brands.includes(brand);
}
