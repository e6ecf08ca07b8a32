/* The contact form keeps what is written until it has arrived. Without it the server hands everything back, but for files.
 *   <contact-form data-sorry>   holds the form; keeps subject, text, email, name and the fields asked in sessionStorage. Sends in
 *       place, once for two presses, and marks what is wrong as ui/fields.html does; template[data-part=wrong] is the notice above
 *   <contact-sent>   on the page after it: forgets them
 */
import { h, parsed } from "../ui/dom.ts"
import { forgetToken, post } from "../ui/token.ts"

/* As portal/contact.py answers. */
interface Told {
  url?: string
  error?: string
  fields?: Record<string, string[]>
  asks_anew?: boolean
}
const KEY = "contact"
const KEPT = ["subject", "text", "email", "name"]

export class ContactForm extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#restore()
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()
    this.addEventListener("input", this.#changed, { signal })
    this.addEventListener("change", this.#changed, { signal })
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

  #changed = ({ target }: Event) => {
    this.#keep()
    const field = (target as Element).closest(".field")
    if (field) unmark(field)
  }

  #sent = (event: SubmitEvent) => {
    const button = this.#button
    if (button?.getAttribute("aria-busy") === "true") return event.preventDefault()
    button?.setAttribute("aria-busy", "true")
    // What else the form can do leads to another page.
    if (event.submitter?.matches("[formaction], [name]")) return
    event.preventDefault()
    void this.#send(event.target as HTMLFormElement)
  }

  async #send(form: HTMLFormElement) {
    unmark(this)
    const told = await tell(form)
    if (told.url) return location.assign(told.url)
    if (told.asks_anew) await this.#askAnew(form)
    this.#button?.removeAttribute("aria-busy")
    const wrong = this.querySelector<HTMLTemplateElement>("template[data-part=wrong]")!
    const notice = wrong.content.firstElementChild!.cloneNode(true) as HTMLElement
    notice.querySelector("p")!.textContent = told.error || this.dataset.sorry!
    wrong.after(notice)
    const icon = notice.querySelector(".icon")!
    for (const [name, said] of Object.entries(told.fields ?? {})) {
      const control = this.querySelector(`.field [name="${CSS.escape(name)}"]`)
      if (control) mark(control, said.join(" "), icon.cloneNode(true))
    }
    const first = this.querySelector<HTMLElement>("[aria-invalid=true]") ?? notice
    first.focus({ preventScroll: true })
    first.scrollIntoView({ block: "center" })
  }

  /* The kind that was filled in is not offered any more: what is asked now stands in its place. */
  async #askAnew(form: HTMLFormElement) {
    const fields = words(form)
    fields.set("choose", "1")
    const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => undefined)
    if (!answer?.ok) return
    const fresh = parsed(await answer.text()).querySelector("request-fields")
    this.querySelector("request-fields")?.replaceWith(...(fresh ? [document.importNode(fresh, true)] : []))
  }
}
customElements.define("contact-form", ContactForm)

/* Posts the form. Nothing in the answer: nobody answered, or nothing that can be shown. */
async function tell(form: HTMLFormElement): Promise<Told> {
  const fields = new FormData(form)
  fields.delete("csrfmiddlewaretoken")
  try {
    let answer = await post(form.action, fields)
    if (answer.status === 403) {
      // The token's cookie went away meanwhile: once more with a new one.
      forgetToken()
      answer = await post(form.action, fields)
    }
    return (await answer.json()) as Told
  } catch {
    return {}
  }
}

/* What a form holds but for its files, which stay where they were chosen. */
function words(form: HTMLFormElement) {
  const fields = new FormData(form)
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name)
  return fields
}

function mark(control: Element, said: string, icon: Node) {
  const id = `${control.id}-error`
  control.setAttribute("aria-invalid", "true")
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${id}`.trim())
  control.closest(".field")!.append(h("p", { class: "field-error", id }, icon, h("span", {}, said)))
}

/* Takes the marks away, those that came with the page too. */
function unmark(place: Element) {
  for (const said of place.querySelectorAll(".field-error, form > [role=alert]")) said.remove()
  for (const control of place.querySelectorAll("[aria-describedby$='-error']")) {
    control.removeAttribute("aria-invalid")
    const others = control.getAttribute("aria-describedby")!.split(" ").filter((id) => !id.endsWith("-error"))
    if (others.length) control.setAttribute("aria-describedby", others.join(" "))
    else control.removeAttribute("aria-describedby")
  }
}

export function forgetDraft() {
  sessionStorage.removeItem(KEY)
}

export class ContactSent extends HTMLElement {
  connectedCallback() {
    forgetDraft()
  }
}
customElements.define("contact-sent", ContactSent)
