/** What the server is called above the seam; its edition and year are said in its facts. */
export const title = 'SQL Server';
