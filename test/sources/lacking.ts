/** Rows of a test: a key, and the JSON body in which everything of that name is called otherwise. */
export function lacking(json: string, keys: readonly string[]): [key: string, body: string][] {
  return keys.map((key) => {
    const body = json.replaceAll(`"${key}":`, `"${key}_renamed":`);
    if (body === json) throw new Error(`nothing is called ${key} here`);
    return [key, body];
  });
}
