import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { printable } from "../../kernel/text.ts";

/** A plain table without rules: it can be read, and cut with other tools. Cells are made safe to print. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
  };
  const lines = { left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " };
  const style = { head: [], border: [], "padding-left": 0, "padding-right": 0 };
  const table = new Table({ head: [...head], chars: { ...none, ...lines }, style });
  for (const row of rows) table.push([...row]);
  return table.toString().replace(/[ ]+$/gm, "");
}

/** CSV with a byte order mark, so that spreadsheets read Chinese, and with formulas made harmless. */
export function csvTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => printable(cell, 2_000)));
  return stringify([[...head], ...safe], { bom: true, escape_formulas: true }).replace(/\n$/, "");
}
