import { Document, Page } from "../page.tsx";
import type { View } from "../view.ts";

/** What went wrong, and what to do next. */
export function TroublePage({ view, title, hint }: { view: View; title: string; hint: string }) {
  return (
    <Page view={view} title={title}>
      <p class="panel empty">{hint}</p>
      <p>
        <a href="/">{view.t.nav.start}</a> · <a href="/queue">{view.t.nav.queue}</a>
      </p>
    </Page>
  );
}

/** For those who are not signed in: nothing of what is inside, only the way in. */
export function StrangerPage({ view, signIn }: { view: Pick<View, "language" | "t">; signIn?: string }) {
  const { t } = view;
  return (
    <Document view={{ ...view, shortcuts: false }} title={t.stranger.title}>
      <main id="main" class="stranger">
        <h1>{t.stranger.title}</h1>
        {signIn === undefined ? (
          <p>{t.stranger.link}</p>
        ) : (
          <p>
            <a class="button primary" href={signIn}>
              {t.stranger.signIn}
            </a>
          </p>
        )}
      </main>
    </Document>
  );
}
