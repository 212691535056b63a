import type { Child } from "hono/jsx";

/** What may be wider than the screen: it scrolls by itself, with keys too, and the page stays where it is. */
export function Scroller(props: { label?: string; labelledBy?: string; children?: Child }) {
  const { label, labelledBy, children } = props;
  return (
    <section class="scroller" tabindex={0} aria-label={label} aria-labelledby={labelledBy}>
      {children}
    </section>
  );
}
