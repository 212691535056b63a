import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { ROLES } from "../access/rights.ts";
import { assetPath } from "./assets.ts";
import { Moment } from "./parts/text.tsx";
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
  title: Child;
  /** What the browser calls the page, where the title is more than plain text. */
  name?: string;
  tab?: Tab;
  children?: Child;
}

/** The frame of every page. */
export function Page({ view, title, name, tab, children }: PageProps) {
  const { t } = view;
  return (
    <Document view={view} title={name ?? String(title)}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="site">
        <a class="mark" href="/">
          Knockoff
        </a>
        <nav aria-label={t.nav.label}>
          <ul>
            {TABS.map(([href, page]) => (
              <li>
                <a
                  href={href}
                  aria-current={page === tab ? "page" : undefined}
                  data-key={page === "queue" ? "q" : undefined}
                >
                  {t.nav[page]}
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
          {t.signedIn(view.person.name, rolesText(view))} · <a href="/keys">{t.keys.title}</a>
        </p>
        <p class="print-only">
          {t.printed(view.person.name)} <Moment at={view.now} />
        </p>
      </footer>
    </Document>
  );
}

/** The roles somebody has, each once; where they differ by brand, all of them. */
function rolesText({ person, t }: View): string {
  const roles = new Set([person.rights.all, ...Object.values(person.rights.brands)]);
  return ROLES.filter((role) => roles.has(role))
    .map((role) => t.roles[role])
    .join(", ");
}

/** The bare document, for those who are not signed in too. */
export function Document({
  view,
  title,
  children,
}: {
  view: Pick<View, "language" | "shortcuts">;
  title: string;
  children?: Child;
}) {
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
