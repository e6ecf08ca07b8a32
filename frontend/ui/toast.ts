/* Say what just happened, for six seconds or until the pointer or focus leaves it. */
import { h } from "./dom.ts"

const STAYS_MS = 6000

export function toast(text: string, undo?: { label: string; act: () => void }) {
  const place = document.querySelector(".toasts")
  if (!place) return
  const sheet = h("div", { class: "toast" }, h("span", {}, text))
  if (undo) sheet.append(h("button", { type: "button", onclick: () => (undo.act(), sheet.remove()) }, undo.label))
  place.append(sheet)
  const leave = () => {
    if (sheet.matches(":hover, :focus-within")) setTimeout(leave, 1000)
    else sheet.remove()
  }
  setTimeout(leave, STAYS_MS)
}

/* What was said before is over: the same thing is being tried again. */
export function hush() {
  for (const sheet of document.querySelectorAll(".toast")) sheet.remove()
}
