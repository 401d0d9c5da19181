// The guide's chapters that something is done in, in its order.
import * as browsers from "./chapters/browsers.js";
import * as daily from "./chapters/daily.js";
import * as dashboard from "./chapters/dashboard.js";
import * as database from "./chapters/database.js";
import * as messages from "./chapters/messages.js";
import * as server from "./chapters/server.js";
import * as services from "./chapters/services.js";
import * as troubles from "./chapters/troubles.js";

export const CHAPTERS = [
  ["3. Supabase", services.supabase],
  ["4. Redis Upstash", services.upstash],
  ["5. Render", server.render],
  ["6. Hostinger", dashboard.hostinger],
  ["7. Initialiser la base de données", database.tables],
  ["8. Créer l'administrateur", database.administrator],
  ["9. Vérifier le déploiement", dashboard.checklist],
  ["10. Au quotidien", daily.everyDay],
  ["10. Par un navigateur qui bloque des cookies", browsers.thatBlock],
  ["11. Configurations optionnelles", messages.optional],
  ["12. Dépannage", troubles.table],
];
