/* Known issues, articles and solved conversations that may help, beside the conversation. Without it a link leads to them.
 *   <desk-suggestions data-from data-inserted>  holds [data-slot=known], [data-slot=found] and [data-slot=solved], filled from data-from
 * Asked again when the customer wrote (customer-wrote) and when words were taken out (words-gone). 1 to 5 insert a link into the reply; with Alt also while
 * writing. A button [data-insert=link|quote] in a list item with data-title, data-url and data-quote does the same; 0 and
 * [data-insert=template] put in the template in an item's data-row (JSON, a row of macro-menu.ts).
 */
import { toast } from "../ui/toast.ts"
import type { DeskComposer } from "./desk-composer.ts"
import { fill } from "./filled.ts"
import { onKey, placed } from "./keys.ts"

export class DeskSuggestions extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    void fill(this)
    for (const name of ["customer-wrote", "words-gone"])
      this.closest("desk-conversation")?.addEventListener(name, () => void fill(this), { signal })
    this.addEventListener("click", ({ target }) => this.#pressed(target as Element), { signal })
    onKey((key) => this.#insertAt(key), signal)
    document.addEventListener("keydown", this.#withAlt, { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #withAlt = (event: KeyboardEvent) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing && this.#insertAt(placed(event))) event.preventDefault()
  }

  #insertAt(key: string): boolean {
    if (key === "0") return this.#insertTemplate(this.querySelector(".suggested-templates > li"))
    if (!/^[1-5]$/.test(key)) return false
    const items = this.querySelectorAll<HTMLElement>(".suggested > li")
    const item = items[Number(key) - 1]
    return item !== undefined && item.dataset.internal === undefined && this.#insert(item, "link")
  }

  #pressed(target: Element) {
    const button = target.closest<HTMLElement>("[data-insert]")
    const item = button?.closest<HTMLElement>("li")
    if (button?.dataset.insert === "template") this.#insertTemplate(item ?? null)
    else if (button && item) this.#insert(item, button.dataset.insert!)
  }

  #insertTemplate(item: HTMLElement | null): boolean {
    const done = item !== null && (document.querySelector<DeskComposer>("desk-composer")?.insertPrepared(JSON.parse(item.dataset.row!)) ?? false)
    if (done) toast(this.dataset.inserted!)
    return done
  }

  #insert(item: HTMLElement, what: string): boolean {
    const { title = "", url = "", quote = "" } = item.dataset
    const quoted = quote.split("\n").map((line) => `> ${line}`).join("\n")
    const text = what === "quote" ? `${quoted}\n${title}: ${url}\n` : `${title}\n${url}\n`
    const done = document.querySelector<DeskComposer>("desk-composer")?.insert(text) ?? false
    if (done) toast(this.dataset.inserted!)
    return done
  }
}
customElements.define("desk-suggestions", DeskSuggestions)
