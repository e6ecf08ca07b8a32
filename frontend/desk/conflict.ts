/* Another window or another person wrote meanwhile: what is said of it, and the ways out. */
import { h, type Child } from "../ui/dom.ts"

export function conflict(...said: Child[]): HTMLElement {
  return h("div", { class: "notice conflict", role: "alert", "data-meaning": "waiting" }, h("div", {}, ...said))
}

export function wayOut(label: string, act: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button", "data-size": "small", onclick: act }, label)
}
