import type { Finding, FindingId } from "./finding.ts";
import { type PivotKind, tellingPivots } from "./pivots.ts";

/** A value that several findings share, and which they are. */
export interface Tie {
  kind: PivotKind;
  value: string;
  findings: FindingId[];
}

/**
 * Findings that hang together by what they share. Derived anew each time, never merged: every finding stays a case of its own.
 * It goes by the id of the member that was seen first, so its name holds while it grows.
 */
export interface Campaign {
  id: FindingId;
  /** First seen first. */
  findings: Finding[];
  /** What holds it together, what ties most first. */
  ties: Tie[];
}

/** A value that more findings share than this is a fashion, not a maker: a template's icon, a framework's website. */
export const MOST_TIED = 200;

/** The campaigns among these findings, the largest first; a finding that shares nothing is in none. */
export function campaignsOf(findings: readonly Finding[]): Campaign[] {
  const byId = new Map([...findings].sort(bySeen).map((finding) => [finding.id, finding]));
  const ties = tiesOf([...byId.values()]);
  const groups = new Map<FindingId, Finding[]>();
  const root = rootsOf(ties);
  for (const id of new Set(ties.flatMap((tie) => tie.findings))) {
    const at = root(id);
    groups.set(at, [...(groups.get(at) ?? []), byId.get(id) as Finding]);
  }
  const campaigns = [...groups].map(([at, members]) => {
    const sorted = members.sort(bySeen);
    const own = ties.filter((tie) => root(tie.findings[0] as FindingId) === at);
    return { id: (sorted[0] as Finding).id, findings: sorted, ties: own };
  });
  return campaigns.sort((a, b) => b.findings.length - a.findings.length || compare(a.id, b.id));
}

function tiesOf(findings: readonly Finding[]): Tie[] {
  const ties = new Map<string, Tie>();
  for (const finding of findings) {
    for (const { kind, value } of tellingPivots(finding)) {
      const key = `${kind} ${value}`;
      const tie = ties.get(key) ?? { kind, value, findings: [] };
      if (!tie.findings.includes(finding.id)) tie.findings.push(finding.id);
      ties.set(key, tie);
    }
  }
  const telling = [...ties.values()].filter(({ findings: tied }) => tied.length > 1 && tied.length <= MOST_TIED);
  return telling.sort((a, b) => b.findings.length - a.findings.length || compare(a.kind + a.value, b.kind + b.value));
}

/** Union-find over the ties: the function answers the same id for all that hang together. */
function rootsOf(ties: readonly Tie[]): (id: FindingId) => FindingId {
  const parent = new Map<FindingId, FindingId>();
  function root(id: FindingId): FindingId {
    let at = id;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    if (at !== id) parent.set(id, at);
    return at;
  }
  for (const { findings } of ties) {
    const first = root(findings[0] as FindingId);
    for (const id of findings.slice(1)) {
      const other = root(id);
      if (other !== first) parent.set(other, first);
    }
  }
  return root;
}

function bySeen(a: Finding, b: Finding): number {
  return compare(a.firstSeen, b.firstSeen) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
