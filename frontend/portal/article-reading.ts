/* Remembers, in this tab alone, that an article was read; tells the site to count one reader; marks the heading being
 * read in the contents; and keeps the place when the language is switched (#~2 is the second heading, in any language).
 * Without it nothing is missing but the mark and the place.
 *   <article-reading data-article="12" data-count="…/reads">  holds the contents: a nav of links to headings
 * Links with data-carry in the page take along what was tried.
 */
import { carrying, read } from "../ui/tried.ts"

export class ArticleReading extends HTMLElement {
  #leaving = new AbortController()
  #observer?: IntersectionObserver

  connectedCallback() {
    this.#leaving = new AbortController()
    const article = Number(this.dataset.article)
    this.#count(article)
    read(article)
    document.addEventListener("click", this.#carry, { signal: this.#leaving.signal })
    this.#watch()
    this.#goToPlace()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#observer?.disconnect()
  }

  #count(article: number) {
    const key = `read-${article}`
    if (sessionStorage.getItem(key) || !this.dataset.count) return
    sessionStorage.setItem(key, "1")
    navigator.sendBeacon(this.dataset.count)
  }

  #carry = ({ target }: Event) => {
    const link = (target as Element).closest<HTMLAnchorElement>("a")
    if (link?.hasAttribute("data-carry")) link.href = carrying(link.href)
    else if (link?.rel === "alternate") link.hash = this.#place()
  }

  #place() {
    const passed = this.#headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3)
    return passed.length ? `#~${passed.length}` : ""
  }

  #goToPlace() {
    const place = Number(location.hash.match(/^#~(\d+)$/)?.[1])
    const heading = this.#headings[place - 1]
    if (!heading) return
    heading.scrollIntoView()
    history.replaceState(history.state, "", `#${heading.id}`)
  }

  get #headings() {
    return [...document.querySelectorAll<HTMLElement>(".prose :is(h2, h3)[id]")]
  }

  #watch() {
    const links = new Map<Element, Element>()
    for (const link of this.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (heading) links.set(heading, link)
    }
    this.#observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find((entry) => entry.isIntersecting)
        if (!seen) return
        for (const link of links.values()) link.removeAttribute("aria-current")
        links.get(seen.target)?.setAttribute("aria-current", "true")
      },
      { rootMargin: "0px 0px -70% 0px" },
    )
    for (const heading of links.keys()) this.#observer.observe(heading)
  }
}
customElements.define("article-reading", ArticleReading)
