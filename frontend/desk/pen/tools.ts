/* The row of buttons that give form, for those who know no marks. It stands where its reader wants it, and is remembered. */
import bold from "lucide-static/icons/bold.svg"
import code from "lucide-static/icons/code.svg"
import heading from "lucide-static/icons/heading.svg"
import slanted from "lucide-static/icons/italic.svg"
import link from "lucide-static/icons/link.svg"
import list from "lucide-static/icons/list.svg"
import numbers from "lucide-static/icons/list-ordered.svg"
import quote from "lucide-static/icons/quote.svg"
import { h, picture } from "../../ui/dom.ts"
import { type Form, shape } from "./shape.ts"

const ICONS: Record<Form, string> = { bold, slanted, link, list, numbers, quote, heading, code }
const KEYS: Partial<Record<Form, string>> = { bold: "Ctrl+B", slanted: "Ctrl+I", link: "Ctrl+Shift+K" }
const KEPT = "pen-tools"

export class Tools {
  #row = h("div", { class: "pen-tools", role: "toolbar" })
  #opener: HTMLElement | null

  constructor(
    host: HTMLElement,
    private field: HTMLTextAreaElement,
    signal: AbortSignal,
  ) {
    const words = JSON.parse(host.dataset.tools!) as Record<Form | "tools", string>
    this.#row.ariaLabel = words.tools
    this.#row.id = `${field.id}-tools`
    this.#row.append(...(Object.keys(ICONS) as Form[]).map((form, at) => this.#button(form, words[form], at)))
    this.#row.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }) // the field keeps the selection
    this.#row.addEventListener("click", (event) => this.#pressed(event), { signal })
    this.#row.addEventListener("keydown", (event) => this.#move(event), { signal })
    host.append(this.#row)
    this.#opener = host.closest("form")?.querySelector<HTMLElement>("[data-shows=tools]") ?? null
    this.#opener?.setAttribute("aria-controls", this.#row.id)
    this.#opener?.addEventListener("click", () => this.#show(!!this.#row.hidden), { signal })
    if (this.#opener) this.#opener.hidden = false
    if (this.#opener) this.#show(localStorage.getItem(KEPT) === "1")
    signal.addEventListener("abort", () => this.#row.remove())
  }

  #show(isShown: boolean) {
    this.#row.hidden = !isShown
    this.#opener?.setAttribute("aria-expanded", String(isShown))
    localStorage.setItem(KEPT, isShown ? "1" : "0")
  }

  #button(form: Form, label: string, at: number) {
    const title = KEYS[form] ? `${label} (${KEYS[form]})` : label
    const said = { type: "button", class: "icon-button", tabindex: at ? -1 : 0, title, "aria-label": label, "data-form": form }
    return h("button", said, picture(ICONS[form]))
  }

  #pressed({ target }: Event) {
    const form = (target as Element).closest<HTMLElement>("[data-form]")?.dataset.form
    if (form) shape(this.field, form as Form)
  }

  /* One stop for Tab; the arrow keys go along the row. */
  #move(event: KeyboardEvent) {
    const buttons = [...this.#row.querySelectorAll("button")]
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    if (!step || at < 0) return
    event.preventDefault()
    const next = buttons[(at + step + buttons.length) % buttons.length]!
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1
    next.focus()
  }
}
