/**
 * Metafields of products, variants, categories and brands, by the rules that ../metafields.v3.ts has for all.
 * Described in the documents of the four owners and in openapi/components/common.yaml.
 */
import type { Domain } from '../../resources/engine.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';

/** Rows keyed by `id`, below their owners. */
export const productMetafields = metafieldsOf('catalog.product-metafields', 'product', 'catalog.products');
export const variantMetafields = metafieldsOf('catalog.variant-metafields', 'variant', 'catalog.variants');
export const categoryMetafields = metafieldsOf('catalog.category-metafields', 'category', 'catalog.categories');
export const brandMetafields = metafieldsOf('catalog.brand-metafields', 'brand', 'catalog.brands');

export const metafieldsDomain: Domain = {
  resources: [productMetafields, variantMetafields, categoryMetafields, brandMetafields],
  handlers: {
    createProductsMetafields: createMetafields(productMetafields),
    updateProductsMetafields: updateMetafields(productMetafields),
    deleteProductsMetafields: deleteMetafields(productMetafields),
    createVariantsMetafields: createMetafields(variantMetafields),
    updateVariantsMetafields: updateMetafields(variantMetafields),
    deleteVariantsMetafields: deleteMetafields(variantMetafields),
    createCategoriesMetafields: createMetafields(categoryMetafields),
    updateCategoriesMetafields: updateMetafields(categoryMetafields),
    deleteCategoriesMetafields: deleteMetafields(categoryMetafields),
    createBrandsMetafields: createMetafields(brandMetafields),
    updateBrandsMetafields: updateMetafields(brandMetafields),
    deleteBrandsMetafields: deleteMetafields(brandMetafields),
  },
};
