/* Sets a chosen theme before the first paint. Loaded as a classic, blocking script: keep it this small. */
const chosen = localStorage.getItem("theme")
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen
