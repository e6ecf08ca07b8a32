/* A form that came back begins at what must be put right, also where that stands below the screen. */
const fault = document.querySelector<HTMLElement>("[aria-invalid=true]")
fault?.focus({ preventScroll: true })
fault?.scrollIntoView({ block: "center" })
