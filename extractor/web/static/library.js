// A chosen order is applied at once; without scripts the button beside it does it.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
});
document.documentElement.classList.add("scripts");
