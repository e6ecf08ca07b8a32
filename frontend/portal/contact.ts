/* The contact form keeps what is written until it has arrived. Without it the server hands everything back.
 *   <contact-form>   holds the form; keeps subject, text, email, name and the fields asked in sessionStorage, sends once for two presses
 *   <contact-sent>   on the page after it: forgets them
 */
const KEY = "contact"
const KEPT = ["subject", "text", "email", "name"]

export class ContactForm extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#restore()
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()
    this.addEventListener("input", () => this.#keep(), { signal })
    this.addEventListener("submit", this.#sent, { signal })
    // Back from the next page: the button works again.
    addEventListener("pageshow", () => this.#button?.removeAttribute("aria-busy"), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  get #button() {
    return this.querySelector<HTMLButtonElement>("form > .contact-send button, form button[data-kind=primary]")
  }

  #fields() {
    const asked = this.querySelectorAll<HTMLInputElement>("[name^=field_]:not([type=hidden], [type=checkbox])")
    return [...KEPT.map((name) => this.querySelector<HTMLInputElement>(`[name=${name}]`)).filter((field) => field !== null), ...asked]
  }

  #keep() {
    const kept = Object.fromEntries(this.#fields().map((field) => [field.name, field.value]))
    sessionStorage.setItem(KEY, JSON.stringify(kept))
  }

  #restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, string>
      for (const field of this.#fields()) {
        if (field.value || !kept[field.name]) continue
        field.value = kept[field.name]!
        field.dispatchEvent(new Event("change", { bubbles: true }))
      }
    } catch {
      sessionStorage.removeItem(KEY)
    }
  }

  #sent = (event: Event) => {
    if (this.#button?.getAttribute("aria-busy") === "true") event.preventDefault()
    else this.#button?.setAttribute("aria-busy", "true")
  }
}
customElements.define("contact-form", ContactForm)

export function forgetDraft() {
  sessionStorage.removeItem(KEY)
}

export class ContactSent extends HTMLElement {
  connectedCallback() {
    forgetDraft()
  }
}
customElements.define("contact-sent", ContactSent)
