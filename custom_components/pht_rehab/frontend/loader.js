// The only file handed to Home Assistant; browsers keep it for ever, so it must never need to change.
(async () => {
  await customElements.whenDefined("home-assistant"); // before, elements are lost for the page
  const { conn } = await window.hassConnection;
  const { url } = await conn.sendMessagePromise({ type: "pht_rehab/frontend" });
  await import(url);
})().catch((error) => console.error("pht_rehab", error));
