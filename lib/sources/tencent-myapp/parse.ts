import { load } from "cheerio/slim";
import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { parseDigest } from "../../kernel/digest.ts";
import { ok } from "../../kernel/result.ts";
import {
  bodyText,
  countOf,
  descriptionText,
  drifted,
  instantFromSeconds,
  nameText,
  parseJson,
  readElements,
  readShape,
  safeUrl,
  shortText,
  stated,
} from "../parse.ts";
import type { Answer } from "../source.ts";
import {
  cardsSchema,
  type DetailRecord,
  type Hit,
  hitSchema,
  hitsSchema,
  pageSchema,
  recordSchema,
  recordsSchema,
} from "./schema.ts";

/** The card of true hits; the others are advertisements, there even when nothing was found. */
const HITS = "YYB_HOME_SEARCH_NORMAL_GAME";
/** Games for computers and streamed games (7, 8) install nothing on a telephone. */
const NO_APP = new Set([7, 8]);
/** Hits of one page; there is no next. */
const WHOLE_PAGE = 25;

/** Reads a search page. The hits' card without entries is how the store says that there is nothing. */
export function readSearch(body: Uint8Array): Answer<Page> {
  const text = load(bodyText(body))("script#__NEXT_DATA__").text();
  if (text === "") return drifted("the page holds no __NEXT_DATA__");
  const json = parseJson(text, "__NEXT_DATA__");
  if (!json.ok) return json;
  const page = readShape(json.value, pageSchema, "__NEXT_DATA__");
  if (!page.ok) return page;
  const cards = readShape(page.value.props.pageProps.dynamicCardResponse, cardsSchema, "dynamicCardResponse");
  if (!cards.ok) return cards;
  const card = cards.value.data.components.find(({ cardId }) => cardId === HITS);
  if (card === undefined) return drifted(`there is no card ${HITS}`);
  const entries = readShape(card.data, hitsSchema, HITS);
  if (!entries.ok) return entries;
  const hits = readElements(entries.value.itemData, hitSchema, { what: "itemData" });
  if (!hits.ok) return hits;
  return ok({
    listings: hits.value.values.filter((hit) => !NO_APP.has(Number(hit.game_type))).map(listingOfHit),
    truncated: entries.value.itemData.length >= WHOLE_PAGE,
    dropped: hits.value.dropped,
  });
}

/** Reads details of one package; undefined when the store has no record of it, or has taken it down. */
export function readDetails(body: Uint8Array, packageName: string): Answer<Listing | undefined> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const records = readShape(json.value, recordsSchema);
  if (!records.ok) return records;
  const all = records.value.app_detail_records;
  if (Object.keys(all).length === 0) return ok(undefined);
  if (!Object.hasOwn(all, packageName)) return drifted("the answer is about another app");
  const record = readShape(all[packageName], recordSchema, "the record");
  if (!record.ok) return record;
  if (record.value.app_info.package_name !== packageName) return drifted("the record is about another app");
  return ok(record.value.app_info.online_status === 0 ? undefined : listingOfRecord(record.value));
}

function listingOfHit(hit: Hit): Listing {
  return stated({
    ...identity(hit.pkg_name, hit.name),
    developer: stated({ name: nameText(hit.developer) }),
    iconUrl: safeUrl(hit.icon),
    description: descriptionText(hit.editor_intro),
    version: shortText(hit.version_name),
    updatedAt: instantFromSeconds(hit.update_time),
    downloadUrl: safeUrl(hit.download_url),
  });
}

function listingOfRecord({ app_info: app, apk_all_data: apk }: DetailRecord): Listing {
  const certificate = parseDigest(apk.signatureSha256);
  const filing = shortText(app.icp_number);
  return stated({
    ...identity(app.package_name, app.name),
    developer: stated({ name: nameText(app.developer) }),
    iconUrl: safeUrl(apk.logo256),
    description: descriptionText(app.desc),
    version: shortText(apk.version_name),
    installs: countOf(app.download_cnt_total),
    updatedAt: instantFromSeconds(apk.update_time),
    downloadUrl: safeUrl(apk.url),
    certificates: certificate === undefined ? undefined : [certificate],
    filing,
    filingMissing: filing === undefined ? true : undefined,
  });
}

function identity(packageName: string, name: string) {
  return {
    source: "tencent-myapp",
    key: packageName,
    url: `https://sj.qq.com/appdetail/${encodeURIComponent(packageName)}`,
    name: nameText(name) ?? packageName,
    platform: "android" as const,
    packageName,
    region: "cn",
  };
}
