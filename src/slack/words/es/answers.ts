import type { Catalogue } from '../catalogue.ts';

export const answers: Catalogue['answers'] = {
  loadingTitle: 'Un momento',
  loading: 'Cargando… Este formulario se completa solo.',
  reference: (reference) => `Referencia ${reference}.`,
  shortcutUnknown: 'Este atajo ya no existe aquí. Para guardar un mensaje, elija «Keep as note» en su menú.',
  formUnknown:
    'Este formulario ya no es mío, así que no se cambió nada. Ciérrelo y pulse de nuevo en la tarjeta más reciente.',
};
