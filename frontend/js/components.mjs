// The component scripts we use, nothing more; static/js/app.js decides when they start.
export {
  createAll,
  Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload,
  NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs,
} from "govuk-frontend";
export { ButtonMenu, FilterToggleButton } from "@ministryofjustice/frontend";
