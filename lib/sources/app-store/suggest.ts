import { err, ok } from "../../kernel/result.ts";
import { bodyText, drifted, readShape, secondBase, shortText } from "../parse.ts";
import type { Answer, Ask, SourceFailure } from "../source.ts";
import { about } from "./manifest.ts";
import { loadScraper } from "./request-door.ts";
import { hintsSchema } from "./schema.ts";

/** Largest answer accepted, bytes: a list of ten hints has about 3,000. */
const MAX_BYTES = 1_000_000;

/**
 * What the store offers when a customer types `prefix`. The address is not documented; npm app-store-scraper knows it and
 * reads its property list; `request-door.ts` makes it ask through the door.
 */
export async function suggest(prefix: string, region: string, ask: Ask): Promise<Answer<string[]>> {
  const store = await loadScraper();
  let failure: SourceFailure | undefined;
  let hints = 0;

  async function door({ url, headers }: { url: string; headers: Record<string, string> }) {
    const fetched = await fetchHints(ask, url, headers);
    if (!fetched.ok) {
      failure = fetched.error;
      throw new Error("no answer to read");
    }
    hints = fetched.value.split("<key>term</key>").length - 1;
    return { status: 200, body: fetched.value };
  }

  try {
    const answer = readShape(
      await store.suggest({ term: prefix, country: region, requestOptions: { door } }),
      hintsSchema,
      "hints",
    );
    if (!answer.ok) return answer;
    // The package takes the first text of every entry, whatever it is called.
    if (answer.value.length !== hints) return drifted("hints that are not called term");
    return ok(answer.value.flatMap(({ term }) => shortText(term) ?? []));
  } catch (error) {
    return failure
      ? err(failure)
      : drifted(`app-store-scraper could not read the hints: ${String(error).slice(0, 120)}`);
  }
}

async function fetchHints(ask: Ask, packageUrl: string, headers: Record<string, string>): Promise<Answer<string>> {
  const base = secondBase(ask, about, "hintsUrl", "https://search.itunes.apple.com");
  const { pathname, search } = new URL(packageUrl);
  const answer = await ask.http.fetch({ url: `${base}${pathname}${search}`, headers, maxBytes: MAX_BYTES });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status !== 200) return err({ ...drifted("an answer without hints").error, status });
  const text = bodyText(body);
  return text.includes("<plist") ? ok(text) : drifted("the hints are not a property list");
}
