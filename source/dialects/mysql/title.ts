/** What both servers are called above the seam; which of the two answered is said in its facts. */
export const title = 'MySQL';
