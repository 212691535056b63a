/** Longest name, in UTF-16 units. */
const LONGEST = 200;

/** What nobody sees, or what changes how its neighbours are seen; the blank of braille is a picture of nothing. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\u2800]/u;
const UNSEEN_ALL = new RegExp(UNSEEN.source, "gu");

/** What the scanner signs as, which is nobody's name. */
const SCANNER = "scan";

/** A name in its one form: NFC, no space around it, one space inside it. Undefined where it can be nobody's. */
export function personName(text: string): string | undefined {
  const name = text
    .normalize("NFC")
    .replace(/[\s\p{Zs}]+/gu, " ")
    .trim();
  if (name.length > LONGEST || UNSEEN.test(name) || !/[\p{L}\p{N}]/u.test(name)) return undefined;
  return folded(name) === SCANNER ? undefined : name;
}

/** Whether this is a name, already in its one form. A login that proves another form proves another person, or a forger. */
export function isPersonName(text: unknown): text is string {
  return typeof text === "string" && text.length <= LONGEST && personName(text) === text;
}

/**
 * Whether two names are of one person as far as people can tell: case, width, spaces and unseen characters make no other. Good for
 * refusing (who drafted does not send), never for granting: a provider may tell `olga` from `Olga`.
 */
export function samePerson(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** Upper case first: it makes one of letters that have several lower ones, such as `ſ` and `s`. */
function folded(text: string): string {
  const seen = text.normalize("NFKC").replace(UNSEEN_ALL, "");
  return seen
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[\s\p{Zs}]+/gu, " ")
    .trim();
}
