/* Opens a film of another site where it stands. Without it the link inside leads to the film at its own place.
 *   <film-door data-player="https://…" data-play="Play">  holds a p.film-title with the link
 * Until the press nothing is asked of the other site; the player is its address without cookies.
 */
export class FilmDoor extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return
    const press = document.createElement("button")
    press.type = "button"
    press.className = "button"
    press.dataset.kind = "primary"
    press.append(this.querySelector(".film-title .icon") ?? "", this.dataset.play ?? "")
    press.addEventListener("click", () => this.#open())
    this.querySelector(".film-title")?.after(press)
  }

  #open() {
    const player = document.createElement("iframe")
    player.src = this.dataset.player ?? ""
    player.title = this.querySelector(".film-title")?.textContent?.trim() ?? ""
    player.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media"
    player.allowFullscreen = true
    player.referrerPolicy = "strict-origin-when-cross-origin"
    this.setAttribute("data-open", "")
    this.replaceChildren(player)
    player.focus()
  }
}
customElements.define("film-door", FilmDoor)
