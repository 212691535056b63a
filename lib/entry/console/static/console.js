/** Single keys, the reader's own time, and the reasons last given. Every page works without it. */

const typing = (element) => element?.matches("input:not([type=radio]):not([type=checkbox]), textarea, select") ?? false;
const rows = () => [...document.querySelectorAll("tr[data-row]")];

localTimes();
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
offerReasons();
if (document.body.dataset.shortcuts === "on") document.addEventListener("keydown", onKey);

function localTimes() {
  const shown = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.getAttribute("datetime"));
    if (Number.isNaN(at.getTime())) continue;
    if (!time.hasAttribute("data-age")) time.textContent = shown.format(at);
    time.title = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  }
}

/** The reason last given for a conclusion on this brand is shown when it is chosen again, and taken with the arrow key: never by itself, for it was another case's. */
function offerReasons() {
  for (const reason of document.querySelectorAll("[data-reason]")) {
    const { form } = reason;
    const place = (disposition) => `reason-${form.dataset.decide ?? ""}-${disposition}`;
    const offer = form.querySelector("[data-offer]");
    const last = offer.querySelector("[data-last]");
    form.addEventListener("change", (event) => {
      if (event.target.name !== "disposition") return;
      last.textContent = localStorage.getItem(place(event.target.value)) ?? "";
      offer.hidden = last.textContent === "";
    });
    reason.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" || offer.hidden || reason.value !== "") return;
      event.preventDefault();
      reason.value = last.textContent;
    });
    form.addEventListener("submit", () => {
      const chosen = form.querySelector("[name=disposition]:checked");
      if (chosen) localStorage.setItem(place(chosen.value), reason.value);
    });
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(document.activeElement)) {
    document.activeElement.blur();
    return;
  }
  if (typing(document.activeElement)) return;
  if (act(event.key)) event.preventDefault();
}

/** Whether the key meant something on this page. */
function act(key) {
  if (key === "?") return go("/keys");
  if (key === "/") return focus(document.querySelector(".filters select"));
  if (key === "n") return focus(document.querySelector("[data-note]"));
  if (rows().length > 0 && moveInTable(key)) return true;
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.type === "radio") return choose(target);
  target.click();
  return true;
}

function choose(radio) {
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const reason = radio.form.querySelector("[data-reason]");
  return focus(reason);
}

function moveInTable(key) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("current"));
  const current = all[at];
  if (key === "j" || key === "k") {
    const next = all[Math.min(all.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)))];
    current?.classList.remove("current");
    next.classList.add("current");
    next.scrollIntoView({ block: "nearest" });
    return focus(next.querySelector("a"));
  }
  if (key === "x" && current) {
    const box = current.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
    return true;
  }
  return false;
}

function focus(element) {
  element?.focus();
  return element !== null;
}

function go(path) {
  location.assign(path);
  return true;
}
