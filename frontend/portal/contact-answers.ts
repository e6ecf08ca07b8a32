/* Answers below the form's two fields, from the third word on: what fits subject and message read together, three at most.
 * Without it the form works as it is.
 *   <contact-answers data-answers data-solved data-subject="id_subject" data-text="id_text" data-found="{n} …" data-one="{title}" data-more="{title} {n}">
 *      holds [data-part=list] (in the flow below the fields, never over them), p[role=status], and template data-part="answer"
 * a#<id>-found  below the subject: names the first of them, and leads there, where the list itself may be out of sight
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
    for (const field of this.#fields) {
      const composing = new Composing(field, signal)
      const typed = () => !composing.now && this.#typed()
      field.addEventListener("input", typed, { signal })
      field.addEventListener("compositionend", typed, { signal })
    }
    this.addEventListener("click", this.#clicked, { signal })
    this.#link?.addEventListener("click", this.#followed, { signal })
    if (!this.#place.childElementCount) this.#typed()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#asking.stop()
  }

  get #place() {
    return this.querySelector<HTMLElement>("[data-part=list]")!
  }
  get #fields() {
    const ids = [this.dataset.subject!, this.dataset.text!]
    return ids.map((id) => document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)!)
  }
  get #link() {
    return document.querySelector<HTMLAnchorElement>(`#${this.id}-found`)
  }
  /* Both fields, and what the form carries: where its writer was, and what they had read. */
  get #words() {
    const form = new FormData(this.closest("form")!)
    const fields = new FormData()
    for (const name of ["subject", "text", "product", "article"])
      fields.set(name, String(form.get(name) ?? "").slice(0, CHARS_MAX))
    return fields
  }

  #typed = () => {
    const words = this.#fields.map(({ value }) => value.trim()).join("\n").trim()
    if (words.split(/\s+/).length >= WORDS_FROM) return this.#asking.ask(words)
    this.#asking.stop()
    this.#list([])
  }

  async #ask() {
    const answer = await post(this.dataset.answers!, this.#words)
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
    this.#name(offers)
    const status = document.getElementById(`${this.id}-status`)
    if (status) status.textContent = offers.length ? this.dataset.found!.replace("{n}", String(offers.length)) : ""
  }

  #name([first, ...more]: Offer[]) {
    const link = this.#link
    if (!link) return
    link.hidden = !first
    if (!first) return
    const words = more.length ? this.dataset.more! : this.dataset.one!
    // A title may hold what a replacement means something by.
    link.querySelector("span")!.textContent = words.replace("{n}", String(more.length)).replace("{title}", () => first.title)
  }

  #followed = (event: Event) => {
    event.preventDefault()
    const first = this.querySelector("details")
    if (!first) return
    first.open = true
    first.querySelector("summary")!.focus({ preventScroll: true })
    this.scrollIntoView({ block: "start" })
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
