/* Answers beside the form, from the third word of its subject on. Without it the form works as it is.
 *   <contact-answers data-answers data-solved data-for="id_subject" data-product="id_product" data-found="{n} …">
 *      holds [data-part=list] (in the flow below the field, never over it), p[role=status], and template data-part="answer"
 * data-answers as in portal/contact.py; "This solved it" posts to data-solved and shows template data-part="solved".
 */
import { Asking, getJson } from "../ui/asking.ts"
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

export class ContactAnswers extends HTMLElement {
  #leaving = new AbortController()
  #asking = new Asking<{ answers: Offer[] }>(
    (query, signal) => getJson(this.dataset.answers!, { query, product: this.#product }, signal),
    ({ answers }, query) => this.#list(answers, query),
    () => {},
  )

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const field = document.getElementById(this.dataset.for!) as HTMLInputElement
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
  get #product() {
    return document.querySelector<HTMLSelectElement>(`#${this.dataset.product}`)?.value ?? ""
  }

  #typed(question: string) {
    if (question.split(/\s+/).length >= WORDS_FROM) this.#asking.ask(question)
    else {
      this.#asking.stop()
      this.#list([], question)
    }
  }

  #list(offers: Offer[], query: string) {
    this.dataset.query = query
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
    const fields = new FormData()
    fields.set("article", button.value)
    fields.set("query", this.dataset.query ?? "")
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
