/* Remembers, in this tab alone, that an article was read; tells the site to count one reader and which question led here; marks the heading being
 * read in the contents. Without it nothing is missing but the mark.
 *   <article-reading data-article="12" data-count="…/reads">  holds the contents: a nav of links to headings
 * Links with data-carry in the page take along what was tried.
 */
import { cameFrom, carrying, read } from "../ui/tried.ts"

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
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#observer?.disconnect()
  }

  #count(article: number) {
    if (!this.dataset.count) return
    const key = `read-${article}`
    const again = sessionStorage.getItem(key) ?? ""
    const ask = cameFrom(article)
    if (again && !ask) return
    sessionStorage.setItem(key, "1")
    navigator.sendBeacon(this.dataset.count, new URLSearchParams({ ask, again }))
  }

  #carry = ({ target }: Event) => {
    const link = (target as Element).closest<HTMLAnchorElement>("a[data-carry]")
    if (link) link.href = carrying(link.href)
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
