/* What the chosen kind of request asks. Without it the button shows its fields, and every condition stands in words.
 *   <request-fields data-sorry>
 *     select[name=form]   another kind is fetched in place, with what was typed so far; the button beside it goes
 *     [data-part=asked]   the fields; [data-when] in it names the input that decides, [data-values] holds its values (JSON)
 * A hidden field keeps what stands in it, in case it comes back; the server takes nothing from it.
 */
import { parsed } from "./dom.ts"
import { toast } from "./toast.ts"

export class RequestFields extends HTMLElement {
  #leaving = new AbortController()
  #asking?: AbortController

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.addEventListener("change", this.#changed, { signal })
    this.querySelector<HTMLButtonElement>("button[name=choose]")?.toggleAttribute("hidden", true)
    this.#look()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#asking?.abort()
  }

  #changed = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement && target.name === "form") void this.#ask()
    else this.#look()
  }

  /* From above to below, because a field that is hidden itself decides nothing. */
  #look() {
    for (const field of this.querySelectorAll<HTMLElement>("[data-when]")) {
      const wanted = JSON.parse(field.dataset.values!) as string[]
      field.hidden = !this.#said(field.dataset.when!).some((value) => wanted.includes(value))
      field.querySelector<HTMLElement>(".asked-when")?.toggleAttribute("hidden", true)
    }
  }

  #said(name: string): string[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`)]
      .filter((input) => input.type !== "hidden" && !input.closest("[data-when][hidden]"))
      .filter((input) => !(input instanceof HTMLInputElement) || input.type !== "checkbox" || input.checked)
      .map((input) => input.value)
  }

  async #ask() {
    this.#asking?.abort()
    this.#asking = new AbortController()
    const form = this.closest("form")!
    const sent = new FormData(form)
    // Files stay where they were chosen; they go along when it is sent.
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name)
    sent.set("choose", "1")
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, signal: this.#asking.signal })
      const page = parsed(await answer.text())
      const fresh = page.querySelector("request-fields [data-part=asked]")
      if (!answer.ok || !fresh) throw new Error(String(answer.status))
      this.querySelector("[data-part=asked]")!.replaceWith(document.importNode(fresh, true))
      this.#look()
    } catch (problem) {
      if ((problem as Error).name === "AbortError") return
      toast(this.dataset.sorry!)
      this.querySelector<HTMLButtonElement>("button[name=choose]")?.toggleAttribute("hidden", false)
    }
  }
}
customElements.define("request-fields", RequestFields)
