import type { Context } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { GATE_PATHS } from "./paths.ts";

/** Pages for those who are not signed in. They speak both languages, since nobody has chosen one, and repeat nothing of a request. */
const PAGES = {
  "signed-out": {
    status: 200,
    en: ["You are signed out", "Close the browser too where others use it."],
    zh: ["您已退出登录", "若他人也使用此浏览器，请一并关闭。"],
  },
  "not-let-in": {
    status: 403,
    en: ["Your bank's login did not let you in", "Ask those who run it to give you this application."],
    zh: ["贵行的登录系统未允许您进入", "请联系登录系统管理员开通此应用。"],
  },
  stale: {
    status: 400,
    en: ["This sign-in is over, or was begun in another browser", "Begin again here."],
    zh: ["本次登录已失效，或由其他浏览器发起", "请在此重新登录。"],
  },
  refused: {
    status: 403,
    en: [
      "Your bank's login sent something that does not count here",
      "Those who run Knockoff find the reason in the log of the function console.",
    ],
    zh: ["贵行登录系统返回的内容在此无效", "Knockoff 管理员可在 console 函数日志中查到原因。"],
  },
  "too-long": {
    status: 403,
    en: [
      "Your access token is too long for cookies",
      "Ask those who run your bank's login to put only groups that begin with knockoff: into it.",
    ],
    zh: ["您的访问令牌过长，Cookie 无法存放", "请登录系统管理员仅将以 knockoff: 开头的用户组写入令牌。"],
  },
  unreachable: {
    status: 503,
    en: ["Your bank's login cannot be reached", "Try again in a minute."],
    zh: ["暂时无法连接贵行的登录系统", "请一分钟后重试。"],
  },
} as const satisfies Record<string, { status: ContentfulStatusCode; en: [string, string]; zh: [string, string] }>;

export type GatePage = keyof typeof PAGES;

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A page, the way back in, and, where `onTo` is given, the way on that a browser takes by itself. */
export function gatePage(c: Context, name: GatePage, onTo?: string): Response | Promise<Response> {
  const { status, en, zh } = PAGES[name];
  for (const [header, value] of Object.entries(HEADERS)) c.header(header, value);
  if (onTo !== undefined) c.header("refresh", `0; url=${onTo}`);
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${en[0]} · Knockoff</title>
  </head>
  <body>
    <main>
      <h1>${en[0]}</h1>
      <p>${en[1]}</p>
      <div lang="zh-Hans">
        <h2>${zh[0]}</h2>
        <p>${zh[1]}</p>
      </div>
      <p>${onTo === undefined ? html`<a href="${GATE_PATHS.signIn}">Sign in · 登录</a>` : html`<a href="${onTo}">Go on · 继续</a>`}</p>
    </main>
  </body>
</html>`;
  return c.html(page, status);
}
