/** Text as its rough shape: digits that leet writers use for letters, and pairs that run together into one letter. */
export interface Shape {
  text: string;
  /** For each letter of `text` the place in the source where it begins. */
  at: number[];
}

const LETTERS: Record<string, string> = {
  "0": "o",
  "1": "l",
  "!": "l",
  i: "l",
  "2": "z",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "6": "b",
  "8": "b",
  "7": "t",
  "9": "g",
};
const PAIRS: Record<string, string> = { rn: "m", vv: "w", cl: "d" };

export function shapeOf(skeleton: string): Shape {
  let text = "";
  const at: number[] = [];
  for (let place = 0; place < skeleton.length; place += 1) {
    const pair = PAIRS[skeleton.slice(place, place + 2)];
    const char = skeleton[place] ?? "";
    text += pair ?? LETTERS[char] ?? char;
    at.push(place);
    if (pair !== undefined) place += 1;
  }
  return { text, at };
}
