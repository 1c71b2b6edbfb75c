import type { Catalogue } from '../catalogue.ts';

export const types: Catalogue['types'] = {
  amount_differs: {
    title: 'El importe difiere',
    suggestion: 'Compare ambos documentos; haga corregir el erróneo en su origen o acuerde un abono.',
  },
  currency_differs: {
    title: 'La moneda difiere',
    suggestion: 'Averigüe qué moneda se acordó y haga emitir de nuevo el otro documento.',
  },
  fields_differ: {
    title: 'Datos contradictorios',
    suggestion: 'Compare lo que dicen ambos registros y haga corregir el erróneo en su origen.',
  },
  too_late: {
    title: 'Llegó demasiado tarde',
    suggestion:
      'Decida si esto aún responde a lo que se esperaba; acuérdelo con ambas partes antes de pagar.',
  },
  missing_invoice: {
    title: 'Falta la factura',
    suggestion: 'Pida la factura al proveedor, o cancele el pedido si no se entregó nada.',
  },
  missing_actual: {
    title: 'Nada en el lado real',
    suggestion: 'Pida el documento que falta a quien debía facturar o entregar.',
  },
  missing_expected: {
    title: 'Nada en el lado esperado',
    suggestion: 'Averigüe quién lo encargó; no pague antes de que exista un pedido.',
  },
  unordered_charge: {
    title: 'Cargo sin pedido',
    suggestion: 'Averigüe quién lo encargó; no pague antes de que exista un pedido.',
  },
  duplicate_invoice: {
    title: 'Factura duplicada',
    suggestion: 'Haga que el proveedor anule una de las dos; pague solo una.',
  },
  duplicate: {
    title: 'Duplicado',
    suggestion: 'Conserve un registro y haga anular los demás en su origen.',
  },
};
