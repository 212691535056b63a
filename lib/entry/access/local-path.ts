/** Any origin does: it only has to be ours again afterwards. */
const HERE = "https://here.invalid";

/** Longer is no page of ours, and would not fit into a cookie. */
const LONGEST = 1_000;

/**
 * The path and query of a page of ours, or the first page. Browsers read `//elsewhere.example`, `/\elsewhere.example` and paths with
 * tabs in them as other sites: what is to be followed is read as they read it, before and after.
 */
export function localPath(wish: string | undefined): string {
  if (wish === undefined || wish.length > LONGEST || !isLocal(wish)) return "/";
  const { pathname, search } = new URL(wish, HERE);
  return isLocal(pathname) ? pathname + search : "/";
}

function isLocal(path: string): boolean {
  return path.startsWith("/") && URL.canParse(path, HERE) && new URL(path, HERE).origin === HERE;
}
