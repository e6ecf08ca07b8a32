/* What we know of a customer, beside their conversation: fetched once the page stands, and changed in place. Without it a link
 * leads to the person's page, which has the same forms.
 *   <desk-known data-from data-lost>  holds [data-slot=found], filled from data-from; a form in it is answered by the same piece
 *     data-lost  what is said where nobody answers; what was typed stays
 */
import { show } from "../ui/dom.ts"
import { fill } from "./filled.ts"
import { send } from "./page.ts"

export class DeskKnown extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    this.addEventListener("submit", this.#keep, { signal: this.#leaving.signal })
    void fill(this)
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #keep = (event: SubmitEvent) => {
    event.preventDefault()
    void this.#send(event.target as HTMLFormElement, event.submitter)
  }

  async #send(form: HTMLFormElement, submitter: HTMLElement | null) {
    try {
      const { answer, page } = await send(form, submitter)
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status))
      const part = form.closest<HTMLElement>("[data-known]")?.dataset.known
      show(this.querySelector("[data-slot=found]")!, page.body)
      const here = this.querySelector<HTMLElement>(`[data-known="${part}"]`)
      const wrong = here?.querySelector<HTMLElement>("[aria-invalid=true]")
      ;(wrong ?? here?.querySelector<HTMLElement>("summary"))?.focus()
    } catch {
      this.#say(form)
    }
  }

  #say(form: HTMLFormElement) {
    const line = form.querySelector("[role=alert]") ?? form.appendChild(document.createElement("p"))
    line.role = "alert"
    line.textContent = this.dataset.lost!
  }
}
customElements.define("desk-known", DeskKnown)
