import type { Instant } from "../../kernel/time.ts";
import type { Person } from "../access/rights.ts";
import type { ConsoleText } from "../text/console.en.ts";
import type { Language } from "../text/language.ts";
import type { Messages } from "../text/messages.en.ts";

/** What every page knows of the one who looks at it. */
export interface View {
  person: Person;
  language: Language;
  /** Words the whole program shares. */
  m: Messages;
  /** The console's own. */
  t: ConsoleText;
  now: Instant;
  /** What a store is called in the reader's language; its id where nobody knows it. */
  storeName(id: string): string;
  /** Path and query of this page, to come back to. */
  here: string;
  /** Whether single keys do something; people who dictate or tremble switch them off (WCAG 2.1.4). */
  shortcuts: boolean;
}
