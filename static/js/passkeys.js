// Says in words what the browser keeps to itself: that a passkey could not be used.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-problem]");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
});
