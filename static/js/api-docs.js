// The page of the API's description (templates/api/docs.html).
const place = document.getElementById("api-docs");
SwaggerUIBundle({ url: place.dataset.schema, domNode: place, deepLinking: true, validatorUrl: null });
