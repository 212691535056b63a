/** Changes one place of an answer, wherever the answer hides its data: JSON, JSON in a script, a property list, Google's arrays. */

interface Island {
  value: unknown;
  /** The whole body with other data in its place. */
  write(value: unknown): string;
}

/** Places in a body: `.results[].trackName`, elements of a list of records taken together. */
export function pathsIn(body: Uint8Array): string[] {
  const found = new Set<string>();
  for (const [name, island] of islandsOf(textOf(body))) walk(island.value, name, found);
  return [...found];
}

/** The body with that key renamed, or that position of an array emptied, in every record. */
export function changeBody(body: Uint8Array, path: string): Uint8Array {
  const text = textOf(body);
  for (const [name, island] of islandsOf(text)) {
    if (path.startsWith(name)) return Buffer.from(island.write(changed(island.value, name, path)));
  }
  return body;
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString("utf8");
}

function islandsOf(text: string): [string, Island][] {
  if (text.includes("AF_initDataCallback")) return callbacksOf(text);
  if (text.startsWith(")]}'")) return framesOf(text);
  if (text.includes("<plist")) return [["", propertyList(text)]];
  const script = /^(.*<script id="__NEXT_DATA__"[^>]*>)(.*?)(<\/script>.*)$/s.exec(text);
  const [before = "", data = text, after = ""] = script?.slice(1) ?? [];
  return [["", { value: JSON.parse(data), write: (value) => before + JSON.stringify(value) + after }]];
}

/** `AF_initDataCallback({key: 'ds:5', hash: '7', data:[…], sideChannel: {}});` */
function callbacksOf(text: string): [string, Island][] {
  return [...text.matchAll(/key: '(ds:\d+)'.*?data:(\[.*?\]), sideChannel/gs)].map(
    ([whole, name = "", data = "null"]) => [
      `${name} `,
      {
        value: JSON.parse(data),
        write: (value) => text.replace(whole, () => whole.replace(data, () => JSON.stringify(value))),
      },
    ],
  );
}

/** `)]}'` and frames, the first of which holds the answer as a text of JSON. */
function framesOf(text: string): [string, Island][] {
  const frames = JSON.parse(text.slice(text.indexOf("["))) as [[string, string, string]];
  const write = (value: unknown) => {
    const [[kind, id, , ...rest], ...others] = frames as unknown as [unknown[], ...unknown[]];
    return `)]}'\n\n${JSON.stringify([[kind, id, JSON.stringify(value), ...rest], ...others])}`;
  };
  return [["frame ", { value: JSON.parse(frames[0][2]), write }]];
}

function propertyList(text: string): Island {
  const keys = [...new Set([...text.matchAll(/<key>(.*?)<\/key>/g)].map(([, key = ""]) => key))];
  return {
    value: Object.fromEntries(keys.map((key) => [key, true])),
    write: (value) => {
      const left = Object.keys(value as object);
      return keys.reduce(
        (all, key) => (left.includes(key) ? all : all.replaceAll(`<key>${key}<`, `<key>${key}_renamed<`)),
        text,
      );
    },
  };
}

/** A list of records, whose elements all have one shape, against an array whose positions have meanings. */
function isList(array: readonly unknown[]): boolean {
  const records = array.filter((element) => typeof element === "object" && element !== null);
  return records.length === array.length && (array.length >= 3 || !array.every(Array.isArray));
}

function step(array: readonly unknown[], place: number): string {
  return isList(array) ? "[]" : `[${place}]`;
}

function walk(value: unknown, path: string, found: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  const entries = Array.isArray(value)
    ? value.map((inner, place) => [step(value, place), inner] as const)
    : Object.entries(value).map(([key, inner]) => [`.${key}`, inner] as const);
  for (const [name, inner] of entries) {
    if (inner === null) continue;
    if (name !== "[]") found.add(path + name);
    walk(inner, path + name, found);
  }
}

function changed(value: unknown, path: string, target: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((inner, place) => {
      const here = path + step(value, place);
      return here === target ? null : changed(inner, here, target);
    });
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const here = `${path}.${key}`;
      return [here === target ? `${key}_renamed` : key, changed(inner, here, target)];
    }),
  );
}
