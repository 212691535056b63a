/** What is asked of a repository, below its address. */
export const ENTRY = "/entry.jar";
export const INDEX_V1 = "/index-v1.jar";
/** Where the current tools put the second index; the entry may name another place. */
const INDEX_V2 = "/index-v2.json";

/** Requests by what they answer. A repository knows no questions: search and details both read its index. */
export const PATHS: { kind: "search" | "details" | "developer" | "suggest"; paths: string[] }[] = [
  { kind: "search", paths: [ENTRY, INDEX_V2, INDEX_V1] },
  { kind: "details", paths: [ENTRY, INDEX_V2, INDEX_V1] },
];
