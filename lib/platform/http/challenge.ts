import * as cheerio from "cheerio/slim";
import type { HttpResponse } from "../../sources/source.ts";

/**
 * Recognises pages that want a person (captcha, script challenge, consent) instead of answering, whatever their status. Returns
 * who asks, or undefined. Store pages load captcha scripts and carry texts written by attackers, so a word alone never
 * suffices: the whole title, the page's own machinery, or a captcha on a page that has next to nothing else.
 */
export function challengeIn(response: HttpResponse): string | undefined {
  return byHeader(response.headers) ?? byAddress(new URL(response.url)) ?? byBody(response);
}

/** Headers by which gateways themselves say that this is no answer. */
const HEADERS: [name: string, value: RegExp, who: string][] = [
  ["cf-mitigated", /^challenge/i, "Cloudflare challenge"],
  ["x-amzn-waf-action", /^(captcha|challenge)/i, "AWS WAF challenge"],
  ["bxpunish", /^1/, "Alibaba verification"],
];

function byHeader(headers: Record<string, string>): string | undefined {
  return HEADERS.find(([name, value]) => value.test(headers[name] ?? ""))?.[2];
}

/** Places that redirects lead to instead of the answer. */
const ADDRESSES: [host: RegExp, path: RegExp, who: string][] = [
  [/^consent\.(google|youtube)\.[a-z.]+$/, /^/, "Google consent page"],
  [/(^|\.)google\.[a-z.]+$/, /^\/sorry(\/|$)/, "Google captcha"],
  [/^wappass\.baidu\.com$/, /^/, "Baidu captcha (百度安全验证)"],
  [/(^|\.)amazon\.[a-z.]+$/, /^\/errors\/validateCaptcha/, "Amazon captcha"],
  [/^validate\.perfdrive\.com$/, /^/, "Radware captcha"],
  [/^/, /^\/_____tmd_____\/(punish|page)/, "Alibaba verification"],
  [/^/, /^\/cdn-cgi\/(challenge-platform\/|l\/chk_)/, "Cloudflare challenge"],
];

function byAddress(url: URL): string | undefined {
  return ADDRESSES.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname))?.[2];
}

/** Titles of challenge pages, whole: an app may be called "Just a moment", but its page is then called more than that. */
const TITLES: [title: RegExp, who: string][] = [
  [/^just a moment(\.{3}|…)?$/i, "Cloudflare challenge"],
  [/^attention required! \| cloudflare$/i, "Cloudflare captcha"],
  [/^please wait(\.{3}|…) \| cloudflare$/i, "Cloudflare challenge"],
  [/^access denied \| .+ used cloudflare to restrict access$/i, "Cloudflare block"],
  [/^百度安全验证$/, "Baidu captcha (百度安全验证)"],
  [/^(安全验证|人机验证|滑动验证页面|访问验证|验证码拦截|验证中心|waf拦截)$/i, "captcha"],
  [/^robot check$/i, "Amazon captcha"],
  [/^access to this page has been denied\.?$/i, "HUMAN block"],
  [/^pardon our interruption(\.{3}|…)?$/i, "Imperva challenge"],
  [/^ddos-guard$/i, "DDoS-Guard challenge"],
  [/^human verification$/i, "captcha"],
  [/^you are being redirected(\.{3}|…)$/i, "Sucuri challenge"],
];

/** Machinery that only a challenge page runs. `cdn-cgi/challenge-platform` alone does not count: ordinary pages load it too. */
const MACHINERY: [marker: RegExp, who: string][] = [
  [/window\._cf_chl_opt\b|id=["']?(challenge-form|cf-challenge-running)\b/, "Cloudflare challenge"],
  [/\/cdn-cgi\/styles\/cf\.errors[\s\S]*class=["']?g-recaptcha\b/, "Cloudflare captcha"],
  [
    /id=["']?captcha-form\b[\s\S]*recaptcha|our systems have detected unusual traffic[\s\S]*recaptcha/i,
    "Google captcha",
  ],
  [/recaptcha[\s\S]*our systems have detected unusual traffic/i, "Google captcha"],
  [/action=["']?https:\/\/consent\.(google|youtube)\.[a-z.]+\/(save|s\b|m\b)/i, "Google consent page"],
  [/action=["']?\/errors\/validateCaptcha/i, "Amazon captcha"],
  [/_Incapsula_Resource\?[\s\S]*Incapsula incident ID/i, "Imperva challenge"],
  [/\bid=["']?px-captcha\b/i, "HUMAN captcha"],
  [/var dd=\{[^}]*captcha-delivery\.com/i, "DataDome captcha"],
  [/\/_____tmd_____\/punish/, "Alibaba verification"],
  [
    /document\.cookie\s*=[\s\S]{0,4000}__jsl_clearance|__jsl_clearance[\s\S]{0,4000}document\.cookie/,
    "Knownsec challenge",
  ],
];

/** Captcha widgets that ordinary pages have as well: they count only where there is hardly any text beside them. */
const WIDGETS =
  /wappass\.baidu\.com|\bcf-turnstile\b|\bg-recaptcha\b|\bh-captcha\b|recaptcha\/(api|enterprise)\.js|hcaptcha\.com\/1\/api\.js|TCaptcha\.js|initGeetest|\bgt4?\.js\b|AliyunCaptcha|AwsWafIntegration|_Incapsula_Resource/;

/** Largest challenge page looked for, UTF-16 units. Those recorded or documented stay far below it, store pages far above. */
const LARGEST_CHALLENGE = 256 * 1024;
/** A title stands near the beginning, or the page is not worth looking at. */
const TITLE_WITHIN = 16 * 1024;
/** Characters a reader sees on a page that has nothing to say but "prove that you are a person". */
const THIN = 600;

function byBody(response: HttpResponse): string | undefined {
  if (!looksLikeHtml(response)) return undefined;
  const start = textOf(response, TITLE_WITHIN);
  const title = titleOf(start);
  const titled = TITLES.find(([pattern]) => pattern.test(title));
  if (titled !== undefined) return titled[1];
  if (response.body.length > LARGEST_CHALLENGE) return undefined;
  const page = textOf(response, LARGEST_CHALLENGE);
  const machine = MACHINERY.find(([marker]) => marker.test(page));
  if (machine !== undefined) return machine[1];
  return WIDGETS.test(page) && isThin(page) ? "captcha" : undefined;
}

function looksLikeHtml({ headers, body }: HttpResponse): boolean {
  if (/\bhtml\b/i.test(headers["content-type"] ?? "")) return true;
  // Some stores serve HTML as text, or say nothing; JSON and scripts begin otherwise.
  return /^\uFEFF?\s*<(!doctype html|html|head|body|script|title)\b/i.test(
    Buffer.from(body.subarray(0, 512)).toString(),
  );
}

/** The page's beginning as text. Old Chinese sites answer in GBK; the header's charset is believed when Node knows it. */
function textOf({ headers, body }: HttpResponse, most: number): string {
  const charset = /charset="?([\w-]{1,20})/i.exec(headers["content-type"] ?? "")?.[1] ?? "utf-8";
  const bytes = body.subarray(0, most);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function titleOf(start: string): string {
  return cheerio.load(start)("title").first().text().replace(/\s+/g, " ").trim();
}

function isThin(page: string): boolean {
  const $ = cheerio.load(page);
  $("script, style, noscript, template").remove();
  return $.root().text().replace(/\s+/g, " ").trim().length <= THIN;
}
