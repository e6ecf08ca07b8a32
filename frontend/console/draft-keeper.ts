/* Keep what is typed while it is typed. Without it the form saves when its button is pressed, as any form does.
 *   <draft-keeper data-keep="address">  stands inside the form, holds a <p role="status"> for what it says
 * Posts the form's fields two seconds after the last change and when the page is left; the answer says
 * { said, others, newer }: when it was kept, who else writes this text, whether somebody saved meanwhile.
 * Ctrl+S (⌘S) presses the form's first button.
 */
import { refused } from "./signed-in.ts"

const WAIT_MS = 2000
// What the server says to somebody it does not know: no such page, or no such form.
const UNKNOWN = [403, 404]

export class DraftKeeper extends HTMLElement {
  #leaving = new AbortController()
  #timer = 0
  #last = ""
  #saving = false

  connectedCallback() {
    this.#leaving = new AbortController()
    const form = this.closest("form")
    if (!form) return
    const { signal } = this.#leaving
    // Fields that scripts fill (the editor's) are set by then.
    setTimeout(() => (this.#last ||= this.#fields(form)), 500)
    form.addEventListener("input", () => this.#soon(form), { signal })
    form.addEventListener("change", () => this.#soon(form), { signal })
    form.addEventListener("submit", () => this.#submitting(), { signal })
    addEventListener("pagehide", () => this.#leave(form), { signal })
    addEventListener("keydown", (event) => this.#press(event, form), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  #fields(form: HTMLFormElement) {
    return new URLSearchParams(new FormData(form) as unknown as Record<string, string>).toString()
  }

  #soon(form: HTMLFormElement) {
    // Whoever types before the fields are known has changed them.
    this.#last ||= "changed"
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#keep(form), WAIT_MS)
  }

  async #keep(form: HTMLFormElement) {
    const fields = this.#fields(form)
    if (fields === this.#last || this.#saving) return
    try {
      const response = await fetch(this.dataset.keep!, { method: "POST", body: new FormData(form) })
      if (UNKNOWN.includes(response.status)) return void refused()
      if (!response.ok) return
      this.#last = fields
      const { said, others } = (await response.json()) as { said: string; others: string }
      this.querySelector("[role=status]")!.textContent = [said, others].filter(Boolean).join(" · ")
    } catch {
      // No network: the words are still in the form, and the next change tries again.
    }
  }

  #submitting() {
    this.#saving = true
    clearTimeout(this.#timer)
  }

  #leave(form: HTMLFormElement) {
    if (!this.#saving && this.#last && this.#fields(form) !== this.#last)
      navigator.sendBeacon(this.dataset.keep!, new FormData(form))
  }

  #press(event: KeyboardEvent, form: HTMLFormElement) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return
    event.preventDefault()
    form.requestSubmit()
  }
}
customElements.define("draft-keeper", DraftKeeper)
