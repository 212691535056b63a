import { setCookie } from "hono/cookie";
import { localPath } from "../../access/local-path.ts";
import { LANGUAGE_COOKIE, type Routes, SHORTCUTS_COOKIE } from "../seat.ts";

const YEAR_SECONDS = 31_536_000;
const COOKIE = { path: "/", httpOnly: true, sameSite: "Lax", maxAge: YEAR_SECONDS } as const;

/** Language and single-key shortcuts: one browser's own matter, so they are cookies. */
export const settingsRoutes: Routes = (app) => {
  app.post("/settings", async (c) => {
    const form = await c.req.parseBody();
    if (form.language === "en" || form.language === "zh") setCookie(c, LANGUAGE_COOKIE, form.language, COOKIE);
    if (form.shortcuts === "on" || form.shortcuts === "off") setCookie(c, SHORTCUTS_COOKIE, form.shortcuts, COOKIE);
    return c.redirect(localPath(typeof form.back === "string" ? form.back : undefined), 303);
  });
};
