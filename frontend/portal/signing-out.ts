/* Whoever signs out leaves nothing in this browser that they wrote: on the press itself, before the page is left. */
import { forgetEverything } from "./kept-words.ts"

document.addEventListener("submit", ({ target }) => {
  if (target instanceof HTMLFormElement && new URL(target.action).pathname.endsWith("/sign-out")) forgetEverything()
})
