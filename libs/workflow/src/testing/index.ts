export { anInstruction, aPaper } from './incoming-desk';
export { plainPdf, postOf } from './test-documents';
export type { OfficeClient, TestOffice } from './test-office';
export { openTestOffice } from './test-office';
export { setWeather } from './weather';
