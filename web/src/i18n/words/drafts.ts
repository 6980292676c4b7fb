/** What was typed and not sent yet, in the panes of the workspace. */
export const en = {
  unkept:
    'The storage of this browser is full. What you have typed is only in this page: send it before you leave, or remove data of other pages.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  unkept:
    'Webbläsarens lagring är full. Det du har skrivit finns bara på den här sidan: skicka det innan du lämnar den, eller ta bort data från andra sidor.',
};
