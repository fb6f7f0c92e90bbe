import type {Kind, KindName} from './address.ts';
import {mariadb, mysql} from './mysql.ts';
import {postgres} from './postgres.ts';

export const kinds: Readonly<Record<KindName, Kind>> = {postgres, mariadb, mysql};
