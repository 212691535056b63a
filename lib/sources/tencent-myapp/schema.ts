import * as z from "zod";
import { nameText, safeUrl } from "../parse.ts";

const name = z.string().refine((text) => nameText(text) !== undefined, "empty");
const webUrl = z.string().refine((url) => safeUrl(url) !== undefined, "not an http(s) address");
const count = z.union([z.string(), z.number()]);

/** The page's data; every unknown address is sent to the home page, whose recommendations look like hits. */
export const pageSchema = z.object({
  page: z.literal("/search"),
  props: z.object({ pageProps: z.object({ dynamicCardResponse: z.unknown() }) }),
});

export const cardsSchema = z.object({
  ret: z.literal(0),
  data: z.object({ components: z.array(z.object({ cardId: z.string(), data: z.unknown() })) }),
});

export const hitsSchema = z.object({ itemData: z.array(z.unknown()) });

export const hitSchema = z.object({
  pkg_name: z.string().min(1).max(255),
  name,
  icon: webUrl,
  developer: z.string(),
  version_name: z.string(),
  editor_intro: z.string(),
  update_time: count,
  download_url: z.string(),
  game_type: count.optional(),
});

export type Hit = z.output<typeof hitSchema>;

export const recordsSchema = z.object({ ret: z.literal(0), app_detail_records: z.record(z.string(), z.unknown()) });

export const recordSchema = z.object({
  app_info: z.object({
    name,
    package_name: z.string().min(1).max(255),
    developer: z.string(),
    desc: z.string(),
    download_cnt_total: count,
    /** 0 = taken down. */
    online_status: z.number(),
    icp_number: z.string(),
  }),
  apk_all_data: z.object({
    version_name: z.string(),
    url: z.string(),
    update_time: count,
    logo256: webUrl,
    signatureSha256: z.string(),
  }),
});

export type DetailRecord = z.output<typeof recordSchema>;
