/* Answers beside the form, from the third word of a field on: below the subject what fits it, below the message what else
 * fits both read together. Without it the form works as it is.
 *   <contact-answers data-answers data-solved data-for="id_text" data-subject="id_subject" data-product="id_product" data-found="{n} …">
 *      holds [data-part=list] (in the flow below the field, never over it), p[role=status], and template data-part="answer"
 * data-answers as in portal/contact.py; "This solved it" posts to data-solved and shows template data-part="solved".
 */
import { Asking } from "../ui/asking.ts"
import { Composing } from "../ui/composing.ts"
import { toast } from "../ui/toast.ts"
import { post } from "../ui/token.ts"
import { forgetDraft } from "./contact.ts"

interface Offer {
  article: number
  title: string
  url: string
  text: string
  locale: string
  provisional: boolean
}
const WORDS_FROM = 3
const BREATH_MS = 350
const CHARS_MAX = 700

export class ContactAnswers extends HTMLElement {
  #leaving = new AbortController()
  #asking = new Asking<Offer[]>(
    () => this.#ask(),
    (answers) => this.#list(answers),
    () => {},
    BREATH_MS,
  )

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const field = this.#field(this.dataset.for!)!
    const composing = new Composing(field, signal)
    const typed = () => !composing.now && this.#typed(field.value.trim())
    field.addEventListener("input", typed, { signal })
    field.addEventListener("compositionend", typed, { signal })
    this.addEventListener("click", this.#clicked, { signal })
    if (field.value && !this.#place.childElementCount) this.#typed(field.value.trim())
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#asking.stop()
  }

  get #place() {
    return this.querySelector<HTMLElement>("[data-part=list]")!
  }
  #field(id: string) {
    return document.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`#${id}`)
  }
  get #words() {
    const fields = new FormData()
    fields.set("subject", this.#field(this.dataset.subject!)?.value ?? "")
    if (this.dataset.for !== this.dataset.subject) fields.set("text", this.#field(this.dataset.for!)!.value.slice(0, CHARS_MAX))
    return fields
  }
  /* The articles the other list of this form shows. */
  get #elsewhere() {
    const buttons = this.closest("form")!.querySelectorAll<HTMLButtonElement>("contact-answers button[name=article]")
    return [...buttons].filter((button) => !this.contains(button)).map((button) => button.value)
  }

  #typed(words: string) {
    if (words.split(/\s+/).length >= WORDS_FROM) this.#asking.ask(words)
    else {
      this.#asking.stop()
      this.#list([])
    }
  }

  async #ask() {
    const fields = this.#words
    fields.set("product", this.#field(this.dataset.product!)?.value ?? "")
    fields.set("without", this.#elsewhere.join(","))
    const answer = await post(this.dataset.answers!, fields)
    if (!answer.ok) throw new Error(String(answer.status))
    return ((await answer.json()) as { answers: Offer[] }).answers
  }

  #list(offers: Offer[]) {
    const template = this.querySelector<HTMLTemplateElement>("template[data-part=answer]")!
    const sheets = offers.map((offer) => {
      const sheet = template.content.firstElementChild!.cloneNode(true) as HTMLElement
      const set = (part: string, words: string) => (sheet.querySelector(`[data-part=${part}]`)!.textContent = words)
      set("title", offer.title)
      set("text", offer.text)
      sheet.querySelector("a")!.href = offer.url
      sheet.querySelector<HTMLElement>("[data-part=caution]")!.hidden = !offer.provisional
      sheet.querySelector("button")!.value = String(offer.article)
      sheet.lang = offer.locale
      return sheet
    })
    this.#place.replaceChildren(...sheets)
    this.hidden = !offers.length
    const status = document.getElementById(`${this.id}-status`)
    if (status) status.textContent = offers.length ? this.dataset.found!.replace("{n}", String(offers.length)) : ""
  }

  #clicked = (event: Event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=article]")
    if (!button) return
    event.preventDefault()
    void this.#solved(button)
  }

  async #solved(button: HTMLButtonElement) {
    button.setAttribute("aria-busy", "true")
    const fields = this.#words
    fields.set("article", button.value)
    try {
      const answer = await post(this.dataset.solved!, fields)
      if (!answer.ok) throw new Error(String(answer.status))
    } catch {
      button.removeAttribute("aria-busy")
      return toast(this.dataset.sorry ?? "")
    }
    forgetDraft()
    const template = this.querySelector<HTMLTemplateElement>("template[data-part=solved]")!
    const thanks = template.content.firstElementChild!.cloneNode(true) as HTMLElement
    document.querySelector("contact-form")!.replaceWith(thanks)
    thanks.focus()
    scrollTo({ top: 0 })
  }
}
customElements.define("contact-answers", ContactAnswers)
