import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { assetPath } from "./assets.ts";
import type { View } from "./view.ts";

const TABS = [
  ["/", "start"],
  ["/queue", "queue"],
  ["/campaigns", "campaigns"],
  ["/coverage", "coverage"],
  ["/sources", "sources"],
  ["/brands", "brands"],
  ["/metrics", "metrics"],
  ["/handover", "handover"],
] as const;

export type Tab = (typeof TABS)[number][1];

interface PageProps {
  view: View;
  title: string;
  tab?: Tab;
  children?: Child;
}

/** The frame of every page. */
export function Page({ view, title, tab, children }: PageProps) {
  const { t } = view;
  return (
    <Document view={view} title={title}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="site">
        <a class="mark" href="/">
          Knockoff
        </a>
        <nav aria-label={t.nav.label}>
          <ul>
            {TABS.map(([href, name]) => (
              <li>
                <a href={href} aria-current={name === tab ? "page" : undefined}>
                  {t.nav[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Settings view={view} />
      </header>
      <main id="main" tabindex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="site">
        <p>
          {t.signedIn(view.person.name)} · <a href="/keys">{t.keys.title}</a>
        </p>
      </footer>
    </Document>
  );
}

/** The bare document, for those who are not signed in too. */
export function Document({
  view,
  title,
  children,
}: Omit<PageProps, "tab" | "view"> & { view: Pick<View, "language" | "shortcuts"> }) {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={view.language === "zh" ? "zh-Hans" : "en"}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · Knockoff`}</title>
          <link rel="icon" href={assetPath("mark.svg")} type="image/svg+xml" />
          <link rel="stylesheet" href={assetPath("console.css")} />
          <script src={assetPath("console.js")} defer />
        </head>
        <body data-shortcuts={view.shortcuts ? "on" : "off"}>{children}</body>
      </html>
    </>
  );
}

/** Language, shortcuts and the way out: forms, so that they work without the script. */
function Settings({ view }: { view: View }) {
  const { t, language, here } = view;
  const other = language === "zh" ? "en" : "zh";
  return (
    <div class="settings">
      <form method="post" action="/settings">
        <input type="hidden" name="back" value={here} />
        <button type="submit" class="plain" name="language" value={other} lang={other === "zh" ? "zh-Hans" : "en"}>
          {other === "zh" ? "中文" : "English"}
        </button>
      </form>
      <form method="post" action="/sign-out">
        <button type="submit" class="plain">
          {t.signOut}
        </button>
      </form>
    </div>
  );
}
