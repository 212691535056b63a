/** What somebody may do with one brand's cases; each role may all that those before it may. */
export const ROLES = ["viewer", "analyst", "officer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** The roles somebody has. A token proves who asks; this says which bank's cases they may see and what they may do there. */
export interface Rights {
  /** For every brand. */
  all?: Role;
  /** Brand id -> role. */
  brands: Readonly<Record<string, Role>>;
}

/** Somebody whose name was proved. */
export interface Person {
  name: string;
  rights: Rights;
}

/**
 * `read`: everything. `triage`: decide, note, assign, set aside, prepare requests, hand over. `authorise`: allow a listing, send
 * requests and note what came back, lend one's right. `administer`: end what others lent.
 */
export type Action = "read" | "triage" | "authorise" | "administer";

/** The least role that may. */
export const LEAST: Readonly<Record<Action, Role>> = {
  read: "viewer",
  triage: "analyst",
  authorise: "officer",
  administer: "admin",
};

const PREFIX = "knockoff:";

/**
 * Rights from a claim of the bank's own identity provider, such as its groups: `knockoff:northwind` lets read one brand,
 * `knockoff:northwind:analyst` gives a role there, `knockoff:*:officer` one for all brands. Takes an array, and `[a b]`
 * as gateways write one. Any other text is one group, whole: whoever may name a group would otherwise make themselves an officer with
 * `Project knockoff:*:officer`. Anything else gives nothing.
 */
export function rightsOf(claim: unknown): Rights {
  const groups = Array.isArray(claim) ? claim : typeof claim === "string" ? groupsIn(claim) : [];
  let all: Role | undefined;
  const brands: Record<string, Role> = {};
  for (const group of groups) {
    if (typeof group !== "string" || !group.startsWith(PREFIX)) continue;
    const [brand = "", role = "viewer", ...rest] = group.slice(PREFIX.length).split(":");
    if (brand === "" || rest.length > 0 || !isRole(role)) continue;
    if (brand === "*") all = higher(all, role);
    else if (BRAND_ID.test(brand)) brands[brand] = higher(brands[brand], role);
  }
  return all === undefined ? { brands } : { all, brands };
}

function groupsIn(text: string): string[] {
  const listed = /^\[([^[\]]*)\]$/.exec(text)?.[1];
  return listed === undefined ? [text] : listed.split(" ");
}

/** As the configuration has it; it also keeps `__proto__` and its like out of the record. */
const BRAND_ID = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** The role somebody has for a brand; undefined where they may not even know of it. */
export function roleFor(rights: Rights, brand: string): Role | undefined {
  const own = Object.hasOwn(rights.brands, brand) ? rights.brands[brand] : undefined;
  return own === undefined ? rights.all : higher(rights.all, own);
}

export function may(rights: Rights, brand: string, action: Action): boolean {
  const role = roleFor(rights, brand);
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(LEAST[action]);
}

/** Whether somebody may do this with any brand at all. */
export function maySomewhere(rights: Rights, action: Action): boolean {
  const roles = [rights.all, ...Object.values(rights.brands)].filter((role) => role !== undefined);
  return roles.some((role) => ROLES.indexOf(role) >= ROLES.indexOf(LEAST[action]));
}

/** The brands to ask for: undefined where all may be read. */
export function readable(rights: Rights): string[] | undefined {
  return rights.all === undefined ? Object.keys(rights.brands) : undefined;
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function higher(a: Role | undefined, b: Role): Role {
  return a !== undefined && ROLES.indexOf(a) > ROLES.indexOf(b) ? a : b;
}
