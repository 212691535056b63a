import type { BrandProfile } from "../../domain/brand/profile.ts";
import { type Finding, isFindingId } from "../../domain/finding/finding.ts";
import { type Authority, authorityFor } from "../access/authority.ts";
import { type Action, LEAST, may, type Person, roleFor } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import { type Problem, problemOf } from "./problem.ts";

/** The finding, where there is one that this person may read. A case of another bank is not even confirmed to exist. */
export async function findingFor({ ledger }: SitePorts, { rights }: Person, id: string): Promise<Finding | undefined> {
  const finding = isFindingId(id) ? await ledger.read(id) : undefined;
  return finding !== undefined && may(rights, finding.brand, "read") ? finding : undefined;
}

export function brandFor(brands: readonly BrandProfile[], { rights }: Person, id: string): BrandProfile | undefined {
  return may(rights, id, "read") ? brands.find((brand) => brand.id === id) : undefined;
}

/** Lent rights are looked up only where the person's own do not do. Of several lenders one who is none of `not` goes first. */
export async function authority(
  ports: SitePorts,
  person: Person,
  brand: string,
  action: Action,
  not: readonly string[] = [],
): Promise<Authority> {
  const own = authorityFor(person, brand, action, [], ports.clock());
  if (own.granted || action !== "authorise") return own;
  return authorityFor(person, brand, action, await ports.desk.delegations([brand]), ports.clock(), not);
}

export function roleMissing({ rights }: Person, brand: string, action: Action, otherwise = ""): Problem {
  const own = roleFor(rights, brand);
  const hint = `This needs the role ${LEAST[action]} for ${brand}${otherwise}${own ? `; you have ${own}` : ""}.`;
  return problemOf("role-missing", { hint });
}

/** Why somebody may not do this for all of these brands; undefined where they may. By their own right: no lent one counts. */
export function lacking(person: Person, brands: readonly string[], action: Action): Problem | undefined {
  if (brands.some((brand) => !may(person.rights, brand, "read"))) return problemOf("no-brand");
  const first = brands.find((brand) => !may(person.rights, brand, action));
  return first === undefined ? undefined : roleMissing(person, first, action);
}
